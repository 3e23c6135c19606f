/**
 * The kinds of credentials that have many fields: OAuth 2.0, OAuth 1.0 and AWS Signature. Every text may hold
 * references; an empty one was not given. The union of all kinds is in `request.ts`.
 */
import { z } from 'zod'
import { OAUTH1_METHODS, OAUTH2_FLOWS } from './auth-names.ts'

/** How the texts of Basic become bytes. Absent: as the behaviour has it, which is UTF-8 for posthaste. */
export const BasicCharsetSchema = z.enum(['utf-8', 'latin-1'])
export type BasicCharset = z.infer<typeof BasicCharsetSchema>

/** A further parameter of a request to the authorization server. */
export const OAuth2ParamSchema = z.object({
  name: z.string(),
  value: z.string(),
  enabled: z.boolean(),
  placement: z.enum(['header', 'query', 'body']),
})
export type OAuth2Param = z.infer<typeof OAuth2ParamSchema>

/** @see RFC 6749; RFC 7636 for PKCE */
export const OAuth2Schema = z.object({
  kind: z.literal('oauth2'),
  flow: z.enum(OAUTH2_FLOWS),
  authorizationUrl: z.string(),
  accessTokenUrl: z.string(),
  /** Empty: the access token's. */
  refreshTokenUrl: z.string(),
  /** Where the browser comes back to, on this machine; empty: a free port of 127.0.0.1. */
  callbackUrl: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  /** Where client id and secret go: in a Basic header or in the form. Without a secret only the id is sent. */
  clientAuth: z.enum(['basic', 'body']),
  username: z.string(),
  password: z.string(),
  /** Separated by spaces. */
  scope: z.string(),
  /** Empty: random. */
  state: z.string(),
  /** Proof Key for Code Exchange, by S256. */
  pkce: z.boolean(),
  authorizationParams: z.array(OAuth2ParamSchema),
  tokenParams: z.array(OAuth2ParamSchema),
  refreshParams: z.array(OAuth2ParamSchema),
  /** Tells tokens of the same settings apart; empty: one token for all requests of these settings. */
  tokenId: z.string(),
  /** Which of the answer's tokens is sent. */
  tokenSource: z.enum(['access_token', 'id_token']),
  tokenPlacement: z.enum(['header', 'query']),
  /** Word before the token in the header. */
  tokenPrefix: z.string(),
  /** Name of the query parameter. */
  tokenQueryName: z.string(),
  /** Send gets a token where there is none. */
  autoFetch: z.boolean(),
  /** Send refreshes a token that is about to expire. */
  autoRefresh: z.boolean(),
})
export type OAuth2Auth = z.infer<typeof OAuth2Schema>

/** @see RFC 5849 */
export const OAuth1Schema = z.object({
  kind: z.literal('oauth1'),
  consumerKey: z.string(),
  consumerSecret: z.string(),
  accessToken: z.string(),
  accessTokenSecret: z.string(),
  signatureMethod: z.enum(OAUTH1_METHODS),
  /** A PEM text, or the path of its file. */
  privateKey: z.string(),
  privateKeyIn: z.enum(['text', 'file']),
  callbackUrl: z.string(),
  verifier: z.string(),
  /** Empty: the time of sending, in seconds. */
  timestamp: z.string(),
  /** Empty: random. */
  nonce: z.string(),
  /** Empty: 1.0. */
  version: z.string(),
  realm: z.string(),
  placement: z.enum(['header', 'query', 'body']),
  /** `oauth_body_hash` for bodies that are no form. */
  includeBodyHash: z.boolean(),
})
export type OAuth1Auth = z.infer<typeof OAuth1Schema>

/** AWS Signature Version 4. */
export const AwsSchema = z.object({
  kind: z.literal('awsv4'),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  /** Empty: found from the host, where that is one of AWS. */
  service: z.string(),
  region: z.string(),
})
export type AwsAuth = z.infer<typeof AwsSchema>
