import { accessSync, constants, readFileSync, statSync } from 'node:fs';

export interface SocketOwners {
	readonly user: string;
	readonly group: string;
}

/** Whom a socket belongs to, by name where the system's files know one; null where it cannot be told. */
export function socketOwners(path: string): SocketOwners | null {
	try {
		const { uid, gid } = statSync(path);
		return { user: nameOf('/etc/passwd', uid), group: nameOf('/etc/group', gid) };
	} catch {
		return null;
	}
}

/** Whether this user may talk to a socket that is there. */
export function mayUseSocket(path: string): boolean {
	try {
		accessSync(path, constants.R_OK | constants.W_OK);
		return true;
	} catch {
		return false;
	}
}

/** Both files have the name in the first column and the number in the third (passwd(5), group(5)). */
function nameOf(file: string, id: number): string {
	try {
		const lines = readFileSync(file, 'utf8').split('\n');
		const fields = lines.map((line) => line.split(':'));
		return fields.find((line) => line[2] === String(id))?.[0] ?? String(id);
	} catch {
		return String(id);
	}
}
