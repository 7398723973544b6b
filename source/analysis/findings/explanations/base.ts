import type { Explanation } from './explanation.ts';

/** What is about the base as a whole. */
export const baseExplanations = [
	{
		code: 'base-outdated',
		level: 'hint',
		needsContents: false,
		summary: 'the name of the base is another image now',
		why: 'A tag such as python:3.12 moves on when its image is built anew, most often for security updates. A build that has an older one keeps it until it is told to look for a newer one. Packages that are upgraded on top of an old base are shipped twice. It is known where a registry is asked (--online), or where an engine has the newer image.',
		before: ['FROM python:3.12', 'RUN apt-get update && apt-get upgrade -y'],
		after: ['# docker build --pull .', 'FROM python:3.12'],
	},
] as const satisfies readonly Explanation[];
