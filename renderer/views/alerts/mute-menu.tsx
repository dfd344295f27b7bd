/** For how long nobody is to be told. */
import { Menu } from '@base-ui/react/menu';
import BellOff from 'lucide-react/icons/bell-off';
import type { Alert } from '../../../core/contract/alerts.ts';
import { muteAlert } from '../../actions/alert-actions.ts';
import { useAction, useObstacle } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import menu from '../../parts/menu/menu.module.css';
import { alertSentence } from '../../words/vocabulary.ts';
import { words } from './words.ts';

const text = words.mute;

export function MuteMenu({ alert }: { readonly alert: Alert }) {
  const mute = useAction(muteAlert);
  const obstacle = useObstacle(muteAlert);
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <Button
            small
            icon={<BellOff aria-hidden="true" />}
            title={obstacle ?? text.hint}
            obstacle={obstacle}
            aria-label={text.of(alertSentence(alert.rule, alert))}
          >
            {text.label}
          </Button>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} sideOffset={4} align="end">
          <Menu.Popup className={menu.popup}>
            {text.choices.map(({ minutes, label }) => (
              <Menu.Item key={minutes} className={menu.item} onClick={() => void mute({ id: alert.id, minutes })}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
