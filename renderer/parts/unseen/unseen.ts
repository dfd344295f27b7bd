/** The class of what is there for those who listen or work with keys, and takes no place on the screen. */
import styles from './unseen.module.css';

export const { unseen } = styles;
