/** A doubly linked list whose links lie in its members: adding, removing and looking at the head cost O(1), no allocation. */
export interface Linked<T> {
  before: T | null;
  after: T | null;
}

export class LinkedList<T extends Linked<T>> {
  head: T | null = null;
  tail: T | null = null;
  length = 0;

  push(member: T): void {
    member.before = this.tail;
    if (this.tail) {
      this.tail.after = member;
    } else {
      this.head = member;
    }
    this.tail = member;
    this.length += 1;
  }

  /** `next` must be in this list. */
  insertBefore(next: T, member: T): void {
    member.before = next.before;
    member.after = next;
    if (next.before) {
      next.before.after = member;
    } else {
      this.head = member;
    }
    next.before = member;
    this.length += 1;
  }

  /** The member must be in this list. */
  remove(member: T): void {
    if (member.before) {
      member.before.after = member.after;
    } else {
      this.head = member.after;
    }
    if (member.after) {
      member.after.before = member.before;
    } else {
      this.tail = member.before;
    }
    member.before = null;
    member.after = null;
    this.length -= 1;
  }
}
