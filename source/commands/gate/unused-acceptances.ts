import type { ImageFindings } from '../../analysis/findings/image-findings.ts';
import { CONFIG_FILE_NAME } from '../../settings/config-file.ts';
import { configPathOf } from '../../settings/environment.ts';
import type { CommandContext } from '../command.ts';

/** Says which findings fathom.yaml accepts that are not there: what was mended has to be accepted no more. */
export function warnOfUnused(
	{ unused }: Pick<ImageFindings, 'unused'>,
	{ flags, host, onWarning }: Pick<CommandContext, 'flags' | 'host' | 'onWarning'>,
): void {
	const file = flags.get('config') ?? configPathOf(host.environment) ?? CONFIG_FILE_NAME;
	for (const { code, paths, line } of unused) {
		const where = paths === null ? '' : ` with all its files in ${paths.join(', ')}`;
		onWarning(`${file}:${line}: findings.accept: the image has no ${code}${where}.`);
	}
}
