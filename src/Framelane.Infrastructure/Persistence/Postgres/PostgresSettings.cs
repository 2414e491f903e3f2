using Npgsql;

namespace Framelane.Infrastructure.Persistence.Postgres;

/// <summary>Connection strings with what ours leave open; whatever the operator's says comes last and counts.</summary>
static class PostgresSettings
{
    /// <remarks>
    /// Plans are not compiled: that takes longer than our statements do. The time-outs are for those whom nobody waits for any more: a
    /// client that is gone must hold no lock.
    /// </remarks>
    const string Session =
        @"-c default_transaction_isolation=read\ committed -c jit=off -c lock_timeout=20s -c statement_timeout=60s "
        + "-c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

    const string Prepared = "Max Auto Prepare=100;Auto Prepare Min Usages=2";

    /// <summary>The most connections of those who have a pool of their own, which requests cannot use up.</summary>
    const int OwnPool = 8;

    /// <summary>For most of a process. A server has a hundred connections by default, and several processes share them.</summary>
    public static string Of(string connectionString) =>
        Make($"Application Name=framelane;Maximum Pool Size=30;{Prepared}", Session, connectionString).ConnectionString;

    /// <summary>For what has to be read or written in time: a server that does not even say that it has cancelled is soon left.</summary>
    public static string ForTimely(string connectionString)
    {
        var timely = Make($"Application Name=framelane-timely;Cancellation Timeout=500;{Prepared}", Session, connectionString);
        (timely.MaxPoolSize, timely.MinPoolSize) = (OwnPool, 0);
        return timely.ConnectionString;
    }

    /// <summary>
    /// For the dispatcher. Its statements are few and large, and their tables grow from nothing to
    /// millions of rows within minutes, so each is planned as it is run. They leave nothing behind that would have to be reset.
    /// </summary>
    public static string ForDispatch(string connectionString)
    {
        var dispatch = Make(
            $"Application Name=framelane-dispatch;{Prepared}",
            Session + " -c plan_cache_mode=force_custom_plan",
            connectionString);
        (dispatch.MaxPoolSize, dispatch.MinPoolSize, dispatch.NoResetOnClose) = (OwnPool, 0, true);
        return dispatch.ConnectionString;
    }

    /// <summary>For a lock that its session holds: out of the pool, where it would outlive its holder.</summary>
    public static string ForSetup(string connectionString, TimeSpan patience)
    {
        var setup = Make(
            "Application Name=framelane-setup",
            $"{Session} -c lock_timeout={patience.TotalSeconds:0}s -c statement_timeout=0",
            connectionString);
        setup.Pooling = false;
        return setup.ConnectionString;
    }

    static NpgsqlConnectionStringBuilder Make(string defaults, string session, string connectionString)
    {
        var made = new NpgsqlConnectionStringBuilder($"{defaults};{connectionString}");
        made.Options = $"{session} {made.Options}".TrimEnd();
        return made;
    }
}
