import * as z from 'zod/mini';
import type { Rule } from '../gate/rule.ts';
import { forEachRule } from '../gate/rules.ts';
import { type Parsed, parseAge, parseLimit } from './limits.ts';
import { parseLayerCount, parsePlatformText, parseSourceName } from './named-values.ts';

/**
 * What fathom.yaml may hold. The message of each issue is what was expected there; whoever reports it adds the file, the line and
 * what was found.
 */
export const configSchema = z.strictObject(
	{
		base: z.optional(scalar(parseLayerCount)),
		platform: z.optional(scalar(parsePlatformText)),
		image: z.optional(z.string('the name of an image')),
		source: z.optional(scalar(parseSourceName)),
		namespace: z.optional(z.string('the name of a namespace of containerd')),
		verify: z.optional(z.boolean('true or false')),
		cache: z.optional(z.boolean('true or false')),
		'cache-size': z.optional(scalar((text) => parseLimit('bytes', text))),
		'cache-age': z.optional(scalar(parseAge)),
		rules: z.nullish(z.strictObject(forEachRule(limitSchema), 'rules with their limits')),
	},
	'settings such as base, platform or rules',
);

function limitSchema({ unit }: Rule) {
	return z.optional(scalar((text) => parseLimit(unit, text)));
}

/** A number or text, read as the flags are. `false` is how `off` arrives from writers of YAML 1.1. */
function scalar<Value>(parse: (text: string) => Parsed<Value>) {
	return z.pipe(
		z.unknown(),
		z.transform((value, context): Value => {
			const isScalar = typeof value === 'string' || typeof value === 'number' || value === false;
			const parsed = parse(isScalar ? String(value === false ? 'off' : value) : '');
			if (parsed.ok) return parsed.value;
			context.issues.push({ code: 'custom', message: parsed.expected, input: value });
			return z.NEVER;
		}),
	);
}
