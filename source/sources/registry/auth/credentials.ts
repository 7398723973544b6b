/** What a user shows to get in: a name with a password, or a token that stands for both. */
export type Credentials =
	| { readonly kind: 'password'; readonly username: string; readonly password: string }
	/** To be exchanged for other tokens (OAuth 2.0, "refresh_token"). */
	| { readonly kind: 'identity-token'; readonly token: string };

/** What a credential helper writes in place of a name when the secret is an identity token. */
const TOKEN_USERNAME = '<token>';

export function credentialsOf(username: string, secret: string): Credentials | null {
	if (secret === '' && username === '') return null;
	if (username === TOKEN_USERNAME) return { kind: 'identity-token', token: secret };
	return { kind: 'password', username, password: secret };
}

/** The value of an `Authorization` header (RFC 7617). */
export function basicAuthorization({
	username,
	password,
}: Extract<Credentials, { kind: 'password' }>): string {
	return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
