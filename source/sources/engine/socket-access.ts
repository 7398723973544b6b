import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { FathomError } from '../../errors.ts';

/** Whether this user may connect to a socket. */
export function mayUseSocket(path: string): boolean {
	try {
		accessSync(path, constants.R_OK | constants.W_OK);
		return true;
	} catch {
		return false;
	}
}

/** The error for a socket that this user may not use: whose it is, and how to get access. `engine` is `Docker Engine at ADDRESS`. */
export function socketDenied(engine: string, path: string, cause?: unknown): FathomError {
	const owners = socketOwners(path);
	const whose =
		owners === null ? '' : `; the socket belongs to user ${owners.user} and group ${owners.group}`;
	return new FathomError({
		code: 'denied',
		message: `${engine}: permission denied${whose}.`,
		hint:
			owners === null || owners.group === 'root'
				? 'Run fathom as a user who may use the engine, or with sudo.'
				: `Join the group with: sudo usermod -aG ${owners.group} $USER, then log in again.`,
		cause,
	});
}

interface SocketOwners {
	readonly user: string;
	readonly group: string;
}

/** The owners of a socket, by name where the system's files have one, else by number; null where they cannot be read. */
function socketOwners(path: string): SocketOwners | null {
	try {
		const { uid, gid } = statSync(path);
		return { user: nameOf('/etc/passwd', uid), group: nameOf('/etc/group', gid) };
	} catch {
		return null;
	}
}

/** Both files have the name in the first column and the number in the third: passwd(5), group(5). */
function nameOf(file: string, id: number): string {
	try {
		const lines = readFileSync(file, 'utf8').split('\n');
		const fields = lines.map((line) => line.split(':'));
		return fields.find((line) => line[2] === String(id))?.[0] ?? String(id);
	} catch {
		return String(id);
	}
}
