import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { FathomError } from '../../../errors.ts';
import { isLoopback } from './proxy.ts';

/** Where only this machine, or only its network segment, gets to. */
export type LocalZone = 'loopback' | 'link-local';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addSubnet('0.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('::', 'ipv6');

/** Clouds give out credentials of a machine at such an address. */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');

/** The zone of an address, in brackets or not, also of one of IPv4 in IPv6, and of the names for this machine; null for all others. */
export function localZone(hostname: string): LocalZone | null {
	if (isLoopback(hostname)) return 'loopback';
	const address = hostname.replace(/^\[|\]$/g, '');
	const family = isIP(address);
	if (family === 0) return null;
	const type = family === 6 ? 'ipv6' : 'ipv4';
	if (loopback.check(address, type)) return 'loopback';
	return linkLocal.check(address, type) ? 'link-local' : null;
}

/**
 * Keeps a registry from sending fathom to this machine or to its network segment, where services trust whoever gets there: by a redirect
 * or as a token server. A registry that is there itself may.
 */
export class LocalGuard {
	readonly #registryHost: string;
	/** Those in which the registry was found to be. */
	readonly #allowed = new Set<LocalZone | null>([null]);
	readonly #lookup: typeof systemLookup;

	/** `registryHost` is `HOST[:PORT]`. */
	constructor(registryHost: string, lookup = systemLookup) {
		this.#registryHost = registryHost;
		this.#lookup = lookup;
		this.#allowed.add(localZone(hostnameOf(registryHost)));
	}

	/** Throws `unavailable` for an address that must not be asked. Names are checked when they are looked up. */
	check(url: URL): void {
		this.#require(url.hostname, localZone(url.hostname), url.hostname);
	}

	/** Looks up the names of hosts, and gives an error in place of an address that must not be asked. */
	readonly lookup: LookupFunction = (hostname, options, callback) => {
		const all: LookupOptions & { all: true } = { ...(options as LookupOptions), all: true };
		this.#lookup(hostname, all, (error, addresses) => {
			const failure = error ?? this.#admit(hostname, addresses);
			if (failure !== null) callback(failure, '', 0);
			else if (options.all) callback(null, addresses);
			else callback(null, addresses[0].address, addresses[0].family);
		});
	};

	#admit(hostname: string, addresses: readonly LookupAddress[]): Error | null {
		try {
			for (const { address } of addresses) {
				const zone = localZone(address);
				if (hostname === hostnameOf(this.#registryHost)) this.#allowed.add(zone);
				else this.#require(hostname, zone, address);
			}
			return null;
		} catch (error) {
			return error as Error;
		}
	}

	#require(hostname: string, zone: LocalZone | null, address: string): void {
		if (this.#allowed.has(zone)) return;
		const where = zone === 'loopback' ? 'this machine' : 'the local network segment';
		const shown = hostname === address ? hostname : `${hostname} (${address})`;
		throw new FathomError({
			code: 'unavailable',
			message: `${this.#registryHost}: it refers to ${shown}, which is ${where}, and fathom does not follow it there.`,
			hint: 'Report this to the operator of the registry.',
		});
	}
}

function hostnameOf(host: string): string {
	return URL.parse(`http://${host}`)?.hostname ?? host;
}
