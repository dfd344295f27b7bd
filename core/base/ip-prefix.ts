/** The network that an address is in, and its place among others. */
import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** `10.0.0.0/24`, `2001:db8:1::/48`; the text itself for what is no address. */
export function prefixOfIp(ip: string): string {
  // Asked at every dial: nearly all are plain.
  if (isIPv4(ip)) {
    return `${ip.slice(0, ip.lastIndexOf('.'))}.0/24`;
  }
  if (!ipaddr.isValid(ip)) {
    return ip;
  }
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv4'
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/24`)}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/48`)}/48`;
}

/** Texts that lie in the order of their addresses: IPv4 before IPv6, each by its number. */
export function orderOfIp(ip: string): string {
  if (!ipaddr.isValid(ip)) {
    return ip;
  }
  const bytes = ipaddr.process(ip).toByteArray();
  return `${bytes.length === 4 ? '4' : '6'}${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
