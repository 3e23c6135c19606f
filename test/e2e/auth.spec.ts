import { expect, test } from './support/fixtures.ts'
import { OAUTH_CLIENT, startOAuthServer, type OAuthServer } from '../support/oauth-server.ts'
import { AuthPage } from './pages/auth.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

test.describe('OAuth 2.0', () => {
  let server: OAuthServer
  test.beforeEach(async () => {
    server = await startOAuthServer()
  })
  test.afterEach(() => server.close())

  test('client credentials: Send gets a token, which is shown masked, refreshed by a new one and deleted', async ({ window }) => {
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    const auth = new AuthPage(window)
    await editor.newRequest()
    await editor.url.fill(`${server.url}/me`)
    await auth.choose('OAuth 2.0')
    await auth.field('Access token URL').fill(`${server.url}/token`)
    await auth.field('Client ID').fill(OAUTH_CLIENT.id)
    await auth.field('Client secret').fill(OAUTH_CLIENT.secret)
    await expect(auth.token).toContainText('Send gets one first')

    await editor.send.click()

    await expect(response.status).toHaveText(/200 OK/)
    await expect(auth.tokenText).toHaveAttribute('data-masked', 'true')
    await expect(auth.tokenText).toHaveValue(/^access-/)
    await expect(auth.token).toContainText(/Expires in 59 min/)
    await expect(editor.prepared).toContainText('Authorization: Bearer ••••')
    await response.section('Request')
    await expect(response.region).toContainText('Bearer ••••')
    await expect(response.region).not.toContainText('access-')
    await response.section('Redirects')
    await expect(window.getByRole('tab', { name: 'Redirects' })).not.toContainText('1')
    await expect(window.getByRole('list', { name: 'Access token' }).getByRole('listitem')).toContainText(['token'])
    await expect(response.region).toContainText('/token')

    const before = await auth.tokenText.inputValue()
    await auth.button('Get new token').click()
    await expect(auth.tokenText).not.toHaveValue(before)
    await auth.button('Delete').click()
    await expect(auth.token).toContainText('There is none yet')
    await expect(editor.prepared).not.toContainText('Authorization')
  })

  test('a refusal is said with the words of the server', async ({ window }) => {
    const editor = new EditorPage(window)
    const auth = new AuthPage(window)
    await editor.newRequest()
    await editor.url.fill(`${server.url}/me`)
    await auth.choose('OAuth 2.0')
    await auth.field('Access token URL').fill(`${server.url}/token`)
    await auth.field('Client ID').fill('nobody')

    await auth.button('Get new token').click()

    await expect(auth.token.getByRole('alert')).toContainText('invalid_client (Unknown client)')
    await editor.send.click()
    const response = new ResponsePage(window)
    await expect(response.alert).toContainText('TokenError')
    // The request itself was not sent, so no answer to it is spoken of.
    await response.section('Redirects')
    await expect(window.getByRole('list', { name: 'Hops' }).getByRole('listitem')).toHaveText('Nothing was sent after that.')
  })

  test('authorization code: the sign-in page opens beside, and the token comes back from it', async ({ window, context }) => {
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    const auth = new AuthPage(window)
    await editor.newRequest()
    await editor.url.fill(`${server.url}/me`)
    await auth.choose('OAuth 2.0')
    await auth.flow('Authorization code')
    await auth.field('Authorization URL').fill(`${server.url}/authorize`)
    await auth.field('Access token URL').fill(`${server.url}/token`)
    await auth.field('Client ID').fill(OAUTH_CLIENT.id)

    const opened = context.waitForEvent('page')
    await auth.button('Get new token').click()
    const signIn = await opened
    await expect(auth.token.getByRole('link', { name: 'Open the sign-in page' })).toBeVisible()
    await signIn.getByRole('link', { name: 'Allow' }).click()

    await expect(signIn.getByRole('heading')).toHaveText('Signed in')
    await expect(auth.tokenText).toHaveValue(/^access-/)
    await expect(auth.token.getByRole('link')).toBeHidden()
    await editor.send.click()
    await expect(response.status).toHaveText(/200 OK/)

    await auth.button('Refresh').click()
    await expect.poll(() => server.calls.map(({ form }) => form['grant_type'])).toEqual(['authorization_code', 'refresh_token'])
  })
})

test('AWS Signature says what is missing beside its field, and shows what will be sent', async ({ window }) => {
  const editor = new EditorPage(window)
  const auth = new AuthPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/')
  await auth.choose('AWS Signature')
  await auth.field('Access key').fill('AKIDEXAMPLE')
  await expect(window.getByText(/needs the secret access key/).first()).toBeVisible()

  await auth.field('Secret key').fill('secret')
  await expect(window.getByText(/cannot be told from its name/).first()).toBeVisible()
  await auth.field('Service').fill('execute-api')

  await expect(auth.willBeSent).toContainText('Authorization: AWS4-HMAC-SHA256 ••••')
  await expect(auth.willBeSent).toContainText('Signed for execute-api in us-east-1')
})
