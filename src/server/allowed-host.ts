import { isIP } from "node:net";

/**
 * Whether a `Host` header names this server in a way that no foreign page can bring about.
 *
 * DNS rebinding turns a name of the attacker's to our address and so makes his page our origin;
 * the browser still sends his name. It can rebind neither an address nor `localhost`, so these are
 * trusted, together with the name we were told to listen on.
 */
export function isAllowedHost(header: string | undefined, host: string): boolean {
  const name = /^(\[[^\]]+\]|[^:]+)(?::\d+)?$/.exec(header ?? "")?.[1]?.toLowerCase();
  if (name === undefined) return false;
  const address = name.startsWith("[") ? name.slice(1, -1) : name;
  return isIP(address) !== 0 || name === "localhost" || name === host.toLowerCase();
}
