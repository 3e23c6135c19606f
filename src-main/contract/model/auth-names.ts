/** Names that credentials choose from. No schema in here, so the window can import it for nothing. */
export const OAUTH2_FLOWS = ['client_credentials', 'password', 'authorization_code'] as const

export const OAUTH1_METHODS = ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA256', 'RSA-SHA512', 'PLAINTEXT'] as const
