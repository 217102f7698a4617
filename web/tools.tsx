import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Desk } from "./desk.js";
import { ClearIcon, RedoIcon, SaveIcon, UndoIcon } from "./icons.js";
import { PENS, pen } from "./pens.js";
import { saveDrawing } from "./save-drawing.js";

/** Undo, redo, clear, save and the choice of pen. */
export function Tools({ desk }: { desk: Desk }): JSX.Element {
  return (
    <div class="tools">
      <div class="group">
        <Tool name="Undo" keys="Control+Z" can={desk.canUndo} use={() => desk.undo()}>
          <UndoIcon />
        </Tool>
        <Tool name="Redo" keys="Control+Shift+Z" can={desk.canRedo} use={() => desk.redo()}>
          <RedoIcon />
        </Tool>
        <Tool name="Clear" keys="Escape" can={desk.canClear} use={() => desk.clear()}>
          <ClearIcon />
        </Tool>
        <Tool name="Save" can={desk.canSave} use={() => saveDrawing(desk.ink.strokes.value)}>
          <SaveIcon />
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
  readonly keys?: string;
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
      title={keys ? `${name} (${keys.replace("Control", "Ctrl")})` : name}
      onClick={() => can.value && use()}
    >
      {children}
      <span>{name}</span>
    </button>
  );
}
