import { FathomError } from '../../errors.ts';
import type { Screen } from '../../tui/view/screen.tsx';

/** Waits until the user has left. Throws `interrupted` where that was with Ctrl-C before there was anything to show. */
export async function untilLeft({ closed }: Pick<Screen, 'closed'>): Promise<void> {
	if ((await closed) === 'interrupted')
		throw new FathomError({ code: 'interrupted', message: 'Interrupted.' });
}
