-- When a body was last active, and what it was given: asked for a few dozen bodies among many facts.
create index fact_by_organisation on monitoring.fact (ambito_id, organisation, on_day) where organisation is not null;
