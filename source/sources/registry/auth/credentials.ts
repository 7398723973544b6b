/** A user name with a password, or a token that replaces both. */
export type Credentials =
	| { readonly kind: 'password'; readonly username: string; readonly password: string }
	/** Exchanged for access tokens (OAuth 2.0, "refresh_token"). */
	| { readonly kind: 'identity-token'; readonly token: string };

/** The user name that a credential helper returns when the secret is an identity token. */
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
