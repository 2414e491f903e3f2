using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Framelane.Infrastructure.Tests.Postgres;

/// <summary>
/// A PostgreSQL of the process's own: Debian's programs on a loopback port and a folder that are nobody else's. The tests share one.
/// </summary>
/// <remarks>It ends with its input, which is a pipe from this process: however this process ends, nothing is left behind.</remarks>
sealed class PostgresServer
{
    const string Programs = "/usr/lib/postgresql";

    /// <summary>$1 is the folder of the programs, $2 the port; what follows are options of the server. Its collation is not the order of bytes: what has to be in that order must say so.</summary>
    const string Script = """
        umask 077
        folder=$(mktemp -d "${TMPDIR:-/tmp}/framelane-postgres-XXXXXX") || exit
        server=
        trap '[ -z "$server" ] || { kill -QUIT "$server"; wait "$server"; }; rm -rf "$folder"' EXIT
        trap '' HUP INT TERM
        printf %s "$PASSWORD" >"$folder/password"
        "$1/initdb" --pgdata "$folder/data" --username framelane --pwfile "$folder/password" --auth scram-sha-256 --encoding UTF8 \
          --locale C.UTF-8 --locale-provider icu --icu-locale en-US --no-sync >&2 || exit
        programs=$1 port=$2
        shift 2
        while :; do
          setpriv --pdeathsig QUIT "$programs/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 \
            -c max_connections=300 "$@" >&2 </dev/null &
          server=$!
          echo started
          read -r signal away || exit
          kill -"$signal" "$server"
          wait "$server"
          sleep "$away"
        done
        """;

    static readonly Lazy<PostgresServer> Running = new(() => Start());

    readonly string password;
    readonly int port;
    Process? shell;
    int databases;

    PostgresServer(string password, int port) => (this.password, this.port) = (password, port);

    public static PostgresServer Shared => Running.Value;

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=framelane;Password={password};Database={database}";

    /// <summary>The name of a database that is not there yet.</summary>
    public string NewName() => $"test_{Interlocked.Increment(ref databases)}";

    public void Create(string name) => Execute($"CREATE DATABASE {name}");

    public void Execute(string sql, string database = "postgres")
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written out in tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Down and up again, on the same data.</summary>
    /// <param name="signal">INT for a fast shutdown, QUIT for an immediate one.</param>
    /// <param name="seconds">How long it stays away.</param>
    public void Restart(string signal, int seconds = 0)
    {
        shell!.StandardInput.WriteLine($"{signal} {seconds}");
        if (!IsUp(shell))
            throw new InvalidOperationException("PostgreSQL did not start again.");
    }

    /// <param name="options">Of the server, as its command line takes them.</param>
    public static PostgresServer Start(params string[] options)
    {
        if (NewestPrograms() is not { } programs)
            throw new InvalidOperationException("PostgreSQL is missing. ./test.sh installs it, and so does: apt-get install postgresql");
        var password = RandomNumberGenerator.GetHexString(32);
        while (true)
        {
            var server = new PostgresServer(password, LoopbackPort.Free());
            var process = server.shell = server.StartProcess(programs, options);
            var log = process.StandardError.ReadToEndAsync();
            if (server.IsUp(process))
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(process);
                return server;
            }

            // Somebody else may have taken the port meanwhile.
            Stop(process);
            if (!log.Result.Contains("Address already in use", StringComparison.Ordinal))
                throw new InvalidOperationException("PostgreSQL did not start.\n" + log.Result);
        }
    }

    static string? NewestPrograms() => Directory.Exists(Programs)
        ? Directory.GetDirectories(Programs)
            .Where(version => File.Exists($"{version}/bin/postgres"))
            .MaxBy(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture)) is { } newest ? $"{newest}/bin" : null
        : null;

    static void Stop(Process process)
    {
        process.StandardInput.Close();
        process.WaitForExit(TimeSpan.FromSeconds(20));
    }

    Process StartProcess(string programs, string[] options)
    {
        // The server refuses to run as root.
        string[] asSomebody = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"] : ["env"];
        var start = new ProcessStartInfo(asSomebody[0], [.. asSomebody[1..], "sh", "-c", Script, "sh", programs, $"{port}", .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["PASSWORD"] = password;
        return Process.Start(start)!;
    }

    bool IsUp(Process process)
    {
        if (process.StandardOutput.ReadLine() is null)
            return false;
        for (var watch = Stopwatch.StartNew(); !process.HasExited && watch.Elapsed < TimeSpan.FromMinutes(1); Thread.Sleep(20))
        {
            try
            {
                Execute("SELECT 1");
                return true;
            }
            catch (NpgsqlException)
            {
                // Not yet.
            }
        }

        return false;
    }
}
