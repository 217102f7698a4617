import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { ClearIcon, RedoIcon, UndoIcon } from "./icons.js";
import type { Ink } from "./ink/index.js";
import { PENS, pen } from "./pens.js";

/** Undo, redo, clear and the choice of pen. */
export function Tools({ ink }: { ink: Ink }): JSX.Element {
  return (
    <div class="tools">
      <div class="group">
        <Tool name="Undo" keys="Control+Z" can={ink.canUndo} use={() => ink.undo()}>
          <UndoIcon />
        </Tool>
        <Tool name="Redo" keys="Control+Shift+Z" can={ink.canRedo} use={() => ink.redo()}>
          <RedoIcon />
        </Tool>
        <Tool name="Clear" keys="Escape" can={ink.inked} use={() => ink.clear()}>
          <ClearIcon />
        </Tool>
      </div>
      <fieldset class="group pens">
        <legend class="spoken">Pen</legend>
        {PENS.map((choice) => (
          <label key={choice.name} title={`${choice.name} pen`}>
            <input
              type="radio"
              name="pen"
              class="spoken"
              checked={pen.value === choice}
              onChange={() => {
                pen.value = choice;
              }}
            />
            <span class={`nib ${choice.name.toLowerCase()}`} aria-hidden="true" />
            <span class="spoken">{choice.name}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

interface ToolProps {
  readonly name: string;
  readonly keys: string;
  readonly can: ReadonlySignal<boolean>;
  readonly use: () => void;
  readonly children: JSX.Element;
}

/** A button that stays in reach of the keyboard while there is nothing for it to do. */
function Tool({ name, keys, can, use, children }: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class="tool"
      aria-disabled={!can.value}
      aria-keyshortcuts={keys}
      title={`${name} (${keys.replace("Control", "Ctrl")})`}
      onClick={use}
    >
      {children}
      <span>{name}</span>
    </button>
  );
}
