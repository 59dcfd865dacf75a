-- Who was given a call, who was not, and the body are told by a job; told once, however often the job runs.
alter table mediation.assignment add column told_at timestamptz;
create index assignment_untold on mediation.assignment (ambito_id, recorded_at) where told_at is null;
