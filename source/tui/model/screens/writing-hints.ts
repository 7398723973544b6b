/** How far a screen is that asks for a name and then writes. */
export type WritingPhase = 'typing' | 'writing' | { readonly kind: 'done' | 'exists' | 'refused' };

/** What the footer calls a key of such a screen: what it does in this phase; null where it does nothing. */
export function writingHint(phase: WritingPhase, type: string, text: string): string | null {
	const step = typeof phase === 'string' ? phase : phase.kind;
	if (type === 'replace') return step === 'exists' ? text : null;
	if (type === 'close') return step === 'writing' ? 'stop' : text;
	if (type !== 'confirm') return text;
	if (step === 'done' || step === 'refused') return 'close';
	return step === 'typing' ? text : null;
}
