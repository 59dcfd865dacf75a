-- A mail is claimed at the moment its text goes to the server, and not before: whoever finds a claim without an end
-- cannot know whether it arrived, and does not send it a second time.
alter table kernel.mail
  add message_id text not null,
  add claimed_at timestamptz;
