/** The few rules that only the call page needs: other pages are not made heavier by them. */
import styles from './call.css?inline';

export const callStyles = styles.trim();
