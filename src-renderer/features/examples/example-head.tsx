/** The head of an example that is shown: what it answers, and what can be done with it. Its answer stands below, by another feature. */
import Pencil from 'lucide-react/icons/pencil'
import Trash from 'lucide-react/icons/trash-2'
import X from 'lucide-react/icons/x'
import type { Example } from '#contract/model/example.ts'
import type { NodeId } from '#contract/model/ids.ts'
import { removeExample, renameExample } from '../../actions/examples.ts'
import { closePage } from '../../actions/pages.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { MethodWord } from '../../ui/method-word.tsx'
import styles from './examples.module.css'
import { t } from '../../lib/t.ts'

export function ExampleHead({ nodeId, example }: { readonly nodeId: NodeId; readonly example: Example }) {
  const { name, description, method, url } = example
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <h2 className={styles.title} title={name}>
          {name}
        </h2>
        <IconButton label={t`Close the example`} shortcut={t`Esc`} icon={<X />} onClick={() => closePage()} />
      </div>
      <div className={styles.line}>
        <span className={styles.request} title={url}>
          <MethodWord method={method} /> {url}
        </span>
        <Button icon={<Pencil />} onClick={() => void renameExample(nodeId, example)}>{t`Rename`}</Button>
        <IconButton label={t`Delete the example`} icon={<Trash />} onClick={() => void removeExample(nodeId, example)} />
      </div>
      {description !== '' && <p className={styles.description}>{description}</p>}
    </header>
  )
}
