import type { JSX } from "preact";
import { Drop, MoonIcon, SunIcon } from "./icons.js";
import { switchTheme, theme } from "./theme.js";

export function Masthead(): JSX.Element {
  const [name, Icon] = theme.value === "dark" ? ["Light paper", SunIcon] : ["Dark paper", MoonIcon];
  return (
    <header>
      <h1>
        <Drop />
        Inkling
      </h1>
      <p class="motto">Write by hand. It is read while you write.</p>
      <button type="button" class="tool" onClick={switchTheme} aria-label={name} title={name}>
        <Icon />
      </button>
    </header>
  );
}
