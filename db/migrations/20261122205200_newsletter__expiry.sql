-- Who has not been heard of for two years is asked once whether they still want the letters; who says nothing is let go.
-- Opening is not tracked: confirming, choosing, pausing and saying yes are what is heard.
alter table newsletter.subscriber
  add active_at timestamptz not null default kernel.now(),
  add asked_to_stay_at timestamptz;
update newsletter.subscriber set active_at = greatest(asked_at, coalesce(confirmed_at, asked_at), coalesce(paused_at, asked_at));
create index subscriber_silent on newsletter.subscriber (ambito_id, active_at) where left_at is null and confirmed_at is not null;
alter table newsletter.subscriber drop constraint subscriber_left_how_check;
alter table newsletter.subscriber add constraint subscriber_left_how_check
  check (left_how in ('one_click', 'page', 'erased', 'staff', 'expired'));

-- A letter the server took and another one sent back later.
alter table newsletter.recipient add bounced_at timestamptz;
