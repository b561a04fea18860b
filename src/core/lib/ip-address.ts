/** Returns true if a host is a literal IP address, the only form of host that endpoint discovery accepts. */
export function isIpAddress(host: string): boolean {
  return host.includes(':') || /^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(host);
}
