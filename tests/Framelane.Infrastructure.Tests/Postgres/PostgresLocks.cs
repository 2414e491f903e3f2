namespace Framelane.Infrastructure.Tests.Postgres;

static class PostgresLocks
{
    /// <summary>How many wait for a row of the database.</summary>
    public const string Waiting = """
        SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        """;
}
