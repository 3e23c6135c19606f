/** The links in a `Link` header, a button each: it opens the address as a new request. */
import { useContext } from 'react'
import { openLinked } from '../../actions/answer-pages.ts'
import { Button } from '../../ui/button.tsx'
import { AnswerOf } from './answer-of.ts'
import { linksOf } from './links.ts'
import styles from './pages.module.css'
import { t } from '../../lib/t.ts'

export function LinkButtons({ value, url }: { readonly value: string; readonly url: string }) {
  const draftId = useContext(AnswerOf)
  const links = linksOf({ url, headers: [[t`Link`, value]] })
  if (draftId === null || links.length === 0) return null
  return (
    <span className={styles.linked}>
      {links.map((link, index) => (
        <Button key={index} variant="ghost" tooltip={t`Open ${link.url} as a new request`} onClick={() => openLinked(draftId, link.url)}>
          {t`Open ${link.title ?? link.rel}`}
        </Button>
      ))}
    </span>
  )
}
