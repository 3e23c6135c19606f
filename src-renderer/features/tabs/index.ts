export { OpenTabs } from './open-tabs.tsx'
