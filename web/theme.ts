import { computed, effect, signal } from "@preact/signals";

export type Theme = "light" | "dark";

const KEY = "inkling.theme";
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const system = signal<Theme>(darkSystem.matches ? "dark" : "light");
/** What the reader of this page chose; `undefined` follows the system. */
const chosen = signal<Theme | undefined>(remembered());

export const theme = computed<Theme>(() => chosen.value ?? system.value);

darkSystem.addEventListener("change", ({ matches }) => {
  system.value = matches ? "dark" : "light";
});

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

/** Changes to the other theme, and keeps it only as long as it differs from the system's. */
export function switchTheme(): void {
  const other = theme.value === "dark" ? "light" : "dark";
  chosen.value = other === system.value ? undefined : other;
  try {
    if (chosen.value === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen.value);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

function remembered(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}
