import { describe, expect, test } from 'vitest'
import type { Auth } from '#contract/model/request.ts'
import { readRequest, writeRequest } from '#core/storage/opencollection/request-format.ts'

const head = 'info:\n  name: A\n  type: http\nhttp:\n  method: GET\n  url: http://x/\n'

function read(auth: string): Auth {
  return readRequest(head + auth, 'A file', 'A').document.auth
}

/** As Bruno 3 writes it. */
const BRUNO = `  auth:
    type: oauth2
    flow: authorization_code
    authorizationUrl: https://id.example/authorize
    accessTokenUrl: https://id.example/token
    callbackUrl: http://127.0.0.1:8123/callback
    credentials:
      clientId: shop
      clientSecret: "{{secret}}"
      placement: basic_auth_header
    additionalParameters:
      accessTokenRequest:
        - name: audience
          placement: body
          value: https://api.example
    scope: read write
    pkce:
      enabled: true
    tokenConfig:
      id: mine
      placement:
        header: Token
    settings:
      autoFetchToken: false
      autoRefreshToken: true
`

describe('OAuth 2.0 in a file', () => {
  test('reads what Bruno writes', () => {
    expect(read(BRUNO)).toMatchObject({
      flow: 'authorization_code',
      clientAuth: 'basic',
      pkce: true,
      tokenParams: [{ name: 'audience', value: 'https://api.example', enabled: true, placement: 'body' }],
      tokenId: 'mine',
      tokenPlacement: 'header',
      tokenPrefix: 'Token',
      autoFetch: false,
      autoRefresh: true,
    })
  })

  test.each([
    ['Bruno', 'flow: resource_owner_password'],
    ['the format', 'flow: resource_owner_password_credentials'],
  ])('reads the password flow as %s names it, and keeps the name', (_whose, flow) => {
    const text = `${head}  auth:\n    type: oauth2\n    ${flow}\n    resourceOwner:\n      username: ada\n      password: "1"\n`
    const { document } = readRequest(text, 'A file', 'A')

    expect(document.auth).toMatchObject({ flow: 'password', username: 'ada', password: '1' })
    const changed = document.auth.kind === 'oauth2' ? { ...document, auth: { ...document.auth, username: 'bob' } } : document
    expect(writeRequest(text, changed, 'A file', 'A')).toBe(text.replace('ada', 'bob'))
  })

  test("reads the format's own words for PKCE and the header's name", () => {
    const auth =
      '  auth:\n    type: oauth2\n    flow: authorization_code\n    pkce:\n      disabled: true\n    tokenConfig:\n      placement:\n        header: Authorization\n'

    expect(read(auth)).toMatchObject({ pkce: false, tokenPrefix: 'Bearer' })
  })
})

describe('OAuth 1.0 and AWS Signature in a file', () => {
  test('reads a key file and either name of the signature method', () => {
    const auth =
      '  auth:\n    type: oauth1\n    consumerKey: k\n    signatureEncoding: RSA-SHA256\n    privateKey:\n      type: file\n      value: ./key.pem\n    placement: query\n'

    expect(read(auth)).toMatchObject({ signatureMethod: 'RSA-SHA256', privateKey: './key.pem', privateKeyIn: 'file', placement: 'query' })
  })

  test('keeps the profile name that it has no use for', () => {
    const text = `${head}  auth:\n    type: awsv4\n    accessKeyId: AK\n    region: eu-west-1\n    profileName: work\n`
    const { document } = readRequest(text, 'A file', 'A')
    const changed = document.auth.kind === 'awsv4' ? { ...document, auth: { ...document.auth, region: 'us-east-1' } } : document

    expect(writeRequest(text, changed, 'A file', 'A')).toBe(text.replace('eu-west-1', 'us-east-1'))
  })
})
