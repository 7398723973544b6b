import type { Platform } from '../../../image/platform.ts';

interface Family {
	readonly architectures: readonly string[];
	/** By number (System V ABI, "e_machine"). */
	readonly machines: Readonly<Record<number, string>>;
}

/** Machines whose programs may run on each other; a row is what an image of any of these architectures may hold. */
const families: readonly Family[] = [
	{ architectures: ['amd64', '386', 'x86_64'], machines: { 3: 'x86', 62: 'x86-64' } },
	{ architectures: ['arm64', 'arm', 'aarch64'], machines: { 40: 'ARM', 183: 'ARM64' } },
	{ architectures: ['ppc64le', 'ppc64'], machines: { 20: 'PowerPC', 21: 'PowerPC64' } },
	{ architectures: ['s390x'], machines: { 22: 'S/390' } },
	{ architectures: ['riscv64'], machines: { 243: 'RISC-V' } },
	{ architectures: ['mips', 'mipsle', 'mips64', 'mips64le'], machines: { 8: 'MIPS' } },
	{ architectures: ['loong64'], machines: { 258: 'LoongArch' } },
];

/** The name of the machine that a program is for, if it is known not to run on a platform; null otherwise. */
export function foreignMachine(machine: number, { architecture }: Platform): string | null {
	const own = families.find(({ architectures }) => architectures.includes(architecture));
	const others = families.find(({ machines }) => Object.hasOwn(machines, machine));
	return own === undefined || others === undefined || own === others ? null : others.machines[machine];
}
