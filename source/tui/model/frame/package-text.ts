import { escapeForTerminal } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';
import { type KnownDetails, knownValue } from '../image-details.ts';

/** The package that a path belongs to, `curl 7.88.1-10 (deb)`, or `none`; null as long as packages are not known. Safe for a terminal. */
export function packageText(details: Pick<KnownDetails, 'packages'>, node: number): string | null {
	const packages = knownValue(details.packages);
	if (packages === null) return null;
	const owner = packages.packages[packages.owners[node]];
	if (owner === undefined) return 'none';
	const { name, version, type } = owner;
	return escapeForTerminal(`${shorten(name)} ${shorten(version)} (${type})`);
}
