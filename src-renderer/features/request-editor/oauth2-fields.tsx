/** The form of OAuth 2.0: the flow and what it needs first, the token it leads to, and what few need folded away. */
import { useCallback } from 'react'
import type { OAuth2Auth } from '#contract/model/auth.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import type { SelectOption } from '../../ui/select.tsx'
import { AuthField } from './auth-field.tsx'
import { AuthChoice, AuthFlag, AuthText } from './auth-form.tsx'
import { MoreFields } from './more-fields.tsx'
import { paramValue, withParamValue } from './oauth2-params.ts'
import { OAuth2ParamsTable } from './oauth2-params-table.tsx'
import { OAuth2Token } from './oauth2-token.tsx'

const FLOWS: readonly SelectOption<OAuth2Auth['flow']>[] = [
  { value: 'client_credentials', label: 'Client credentials' },
  { value: 'password', label: 'Password' },
  { value: 'authorization_code', label: 'Authorization code' },
]
const CLIENT_PLACES: readonly SelectOption<OAuth2Auth['clientAuth']>[] = [
  { value: 'basic', label: 'Basic header' },
  { value: 'body', label: 'Form body' },
]

interface OAuth2Props {
  readonly draftId: DraftId
  readonly auth: OAuth2Auth
}

export function OAuth2Fields({ draftId, auth }: OAuth2Props) {
  const text = (
    name: keyof OAuth2Auth,
    label: string,
    value: string,
    extra: { secret?: boolean; placeholder?: string; help?: string } = {},
  ) => <AuthText draftId={draftId} name={name} label={label} value={value} {...extra} />
  return (
    <>
      <AuthChoice draftId={draftId} name="flow" label="Flow" value={auth.flow} options={FLOWS} />
      {auth.flow === 'authorization_code' &&
        text('authorizationUrl', 'Authorization URL', auth.authorizationUrl, { placeholder: 'https://…/authorize' })}
      {text('accessTokenUrl', 'Access token URL', auth.accessTokenUrl, { placeholder: 'https://…/token' })}
      {text('clientId', 'Client ID', auth.clientId)}
      {text('clientSecret', 'Client secret', auth.clientSecret, {
        secret: true,
        ...(auth.flow === 'authorization_code' && { help: 'Empty for a public client.' }),
      })}
      {auth.flow === 'password' && (
        <>
          {text('username', 'Username', auth.username)}
          {text('password', 'Password', auth.password, { secret: true })}
        </>
      )}
      {text('scope', 'Scope', auth.scope, { placeholder: 'read write' })}
      <OAuth2Token draftId={draftId} auth={auth} />
      <SignInFields draftId={draftId} auth={auth} />
      <RequestFields draftId={draftId} auth={auth} />
      <UseFields draftId={draftId} auth={auth} />
    </>
  )
}

function SignInFields({ draftId, auth }: OAuth2Props) {
  if (auth.flow !== 'authorization_code') return null
  const set = [auth.callbackUrl !== '', auth.state !== '', !auth.pkce, auth.authorizationParams.length > 0].filter(Boolean).length
  return (
    <MoreFields label="Signing in" summary={set === 0 ? '' : `${set} changed`}>
      <AuthText
        draftId={draftId}
        name="callbackUrl"
        label="Callback URL"
        value={auth.callbackUrl}
        placeholder="http://127.0.0.1, a free port, /callback"
        help="Where the browser comes back to; of this machine, and registered with the server."
      />
      <AuthFlag
        draftId={draftId}
        name="pkce"
        label="PKCE"
        value={auth.pkce}
        help="Proves by S256 that whoever brings the code also asked for it."
      />
      <AuthText draftId={draftId} name="state" label="State" value={auth.state} placeholder="Random for each sign-in" />
      <OAuth2ParamsTable draftId={draftId} field="authorizationParams" label="Sign-in parameters" params={auth.authorizationParams} />
    </MoreFields>
  )
}

function RequestFields({ draftId, auth }: OAuth2Props) {
  const set =
    [auth.clientAuth !== 'basic', auth.refreshTokenUrl !== '', auth.tokenId !== ''].filter(Boolean).length +
    auth.tokenParams.length +
    auth.refreshParams.length
  return (
    <MoreFields label="Token request" summary={set === 0 ? '' : `${set} set`}>
      <AuthChoice draftId={draftId} name="clientAuth" label="Client sent in" value={auth.clientAuth} options={CLIENT_PLACES} />
      <NamedParam draftId={draftId} auth={auth} name="audience" label="Audience" />
      <NamedParam draftId={draftId} auth={auth} name="resource" label="Resource" />
      <OAuth2ParamsTable draftId={draftId} field="tokenParams" label="Token parameters" params={auth.tokenParams} />
      <AuthText
        draftId={draftId}
        name="refreshTokenUrl"
        label="Refresh URL"
        value={auth.refreshTokenUrl}
        placeholder="The access token URL"
      />
      <OAuth2ParamsTable draftId={draftId} field="refreshParams" label="Refresh parameters" params={auth.refreshParams} />
      <AuthText
        draftId={draftId}
        name="tokenId"
        label="Token name"
        value={auth.tokenId}
        help="Requests with the same settings share a token; another name asks for another one."
      />
    </MoreFields>
  )
}

/** A parameter that is asked for so often that it has a field of its own. */
function NamedParam({ draftId, auth, name, label }: OAuth2Props & { readonly name: string; readonly label: string }) {
  const onChange = useCallback(
    (value: string) =>
      editDocument(draftId, `auth.${name}`, (document) =>
        document.auth.kind === 'oauth2' ? { ...document, auth: withParamValue(document.auth, name, value) } : document,
      ),
    [draftId, name],
  )
  return <AuthField name={name} label={label} value={paramValue(auth, name)} onChange={onChange} problem={undefined} />
}

const TOKEN_PLACES: readonly SelectOption<OAuth2Auth['tokenPlacement']>[] = [
  { value: 'header', label: 'Header' },
  { value: 'query', label: 'Query params' },
]
const TOKEN_SOURCES: readonly SelectOption<OAuth2Auth['tokenSource']>[] = [
  { value: 'access_token', label: 'Access token' },
  { value: 'id_token', label: 'ID token' },
]

function UseFields({ draftId, auth }: OAuth2Props) {
  const isQuery = auth.tokenPlacement === 'query'
  const set = [isQuery, !isQuery && auth.tokenPrefix !== 'Bearer', auth.tokenSource !== 'access_token', !auth.autoFetch, !auth.autoRefresh]
  const count = set.filter(Boolean).length
  return (
    <MoreFields label="Using the token" summary={count === 0 ? '' : `${count} changed`}>
      <AuthChoice draftId={draftId} name="tokenPlacement" label="Add to" value={auth.tokenPlacement} options={TOKEN_PLACES} />
      {isQuery ? (
        <AuthText draftId={draftId} name="tokenQueryName" label="Parameter name" value={auth.tokenQueryName} />
      ) : (
        <AuthText draftId={draftId} name="tokenPrefix" label="Prefix" value={auth.tokenPrefix} />
      )}
      <AuthChoice draftId={draftId} name="tokenSource" label="Token to send" value={auth.tokenSource} options={TOKEN_SOURCES} />
      <AuthFlag
        draftId={draftId}
        name="autoFetch"
        label="Get on Send"
        value={auth.autoFetch}
        help="Send gets a token where there is none."
      />
      <AuthFlag
        draftId={draftId}
        name="autoRefresh"
        label="Refresh on Send"
        value={auth.autoRefresh}
        help="Send refreshes a token that has less than half a minute left."
      />
    </MoreFields>
  )
}
