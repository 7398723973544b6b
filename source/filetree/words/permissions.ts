/** In the order of `entryKinds`. */
const typeLetters = ['-', 'h', 'l', 'd', 'c', 'b', 'p'];

/** The kind of an entry and its mode, as `tar -tv` writes them: `drwxr-xr-x`, `h` for a hard link. */
export function permissionsOf(kind: number, mode: number): string {
	const bits = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'));
	if (mode & 0o4000) bits[2] = bits[2] === 'x' ? 's' : 'S';
	if (mode & 0o2000) bits[5] = bits[5] === 'x' ? 's' : 'S';
	if (mode & 0o1000) bits[8] = bits[8] === 'x' ? 't' : 'T';
	return typeLetters[kind] + bits.join('');
}
