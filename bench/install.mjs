// Peers are installed on demand, each into its own folder, where git does not look.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

const TIMEOUT_MS = 20 * 60_000;

/** Installs a peer unless it is there. Returns what kept it from being installed, if anything. */
export function install({ folder, language }) {
  return language === "python" ? installPython(folder) : installJavaScript(folder);
}

/**
 * Without install scripts: those of onnxruntime-node fetch libraries for graphics cards, which are
 * not measured.
 */
function installJavaScript(folder) {
  const target = join(folder, "node_modules");
  if (existsSync(target)) return undefined;
  const options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"];
  return runOrUndo("npm", ["install", ...options], { folder, target });
}

function installPython(folder) {
  const target = join(folder, ".venv");
  if (existsSync(target)) return undefined;
  const pip = join(target, "bin", "pip");
  return (
    runOrUndo("python3", ["-m", "venv", target], { folder, target }) ??
    runOrUndo(pip, ["install", "--quiet", "-r", "requirements.txt"], { folder, target })
  );
}

/** Runs a program in `folder`; if it fails, `target` is removed, so that the next time starts anew. */
function runOrUndo(command, parameters, { folder, target }) {
  const options = { cwd: folder, encoding: "utf8", timeout: TIMEOUT_MS };
  const { status, stderr, error } = spawnSync(command, parameters, options);
  if (status === 0) return undefined;
  rmSync(target, { recursive: true, force: true });
  const lines = (stderr ?? "").trim().split("\n");
  const errors = lines.filter((line) => /error/i.test(line)).slice(0, 2);
  const reason = error?.message ?? (errors.join("; ") || lines.at(-1));
  return `not installed: ${reason.slice(0, 200)}`;
}
