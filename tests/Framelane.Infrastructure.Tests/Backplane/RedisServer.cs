using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using StackExchange.Redis;

namespace Framelane.Infrastructure.Tests.Backplane;

/// <summary>A Redis of one test's own: Debian's program on a loopback port and a folder that are nobody else's. It keeps nothing on disk.</summary>
/// <remarks>It ends with its input, which is a pipe from this process: however this process ends, nothing is left behind.</remarks>
public sealed class RedisServer : IDisposable
{
    /// <summary>$1 is the port.</summary>
    const string Script = """
        umask 077
        folder=$(mktemp -d "${TMPDIR:-/tmp}/framelane-redis-XXXXXX") || exit
        server=
        trap '[ -z "$server" ] || { kill -KILL "$server"; wait "$server"; }; rm -rf "$folder"' EXIT
        trap '' HUP INT TERM
        printf 'bind 127.0.0.1\nport %s\ndir %s\nsave ""\nappendonly no\nrequirepass %s\n' "$1" "$folder" "$PASSWORD" >"$folder/conf"
        setpriv --pdeathsig KILL redis-server "$folder/conf" </dev/null >&2 &
        server=$!
        echo "$server"
        read -r _
        """;

    readonly int port;
    Process? shell;
    int server;

    public RedisServer()
    {
        while (true)
        {
            port = LoopbackPort.Free();
            (shell, server) = Launch();
            if (AnswersAsync().GetAwaiter().GetResult())
                return;

            // Somebody else may have taken the port meanwhile.
            Dispose();
        }
    }

    public string Password { get; } = RandomNumberGenerator.GetHexString(32);

    public string ConnectionString => $"127.0.0.1:{port},password={Password}";

    /// <summary>As from one moment to the next the machine is gone.</summary>
    public void Kill()
    {
        Signal("KILL");
        Dispose();
    }

    public async Task RestartAsync()
    {
        (shell, server) = Launch();
        if (!await AnswersAsync())
            throw new InvalidOperationException("Redis did not start again.");
    }

    /// <summary>Its connections stay, and nothing answers on them.</summary>
    public void Pause() => Signal("STOP");

    public void Resume() => Signal("CONT");

    /// <summary>A connection of somebody who has nothing to do with the processes.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync($"{ConnectionString},allowAdmin=true");

    public void Dispose()
    {
        if (shell is null)
            return;
        shell.StandardInput.Close();
        shell.WaitForExit();
        shell.Dispose();
        shell = null;
    }

    (Process Shell, int Server) Launch()
    {
        var start = new ProcessStartInfo("sh", ["-c", Script, "sh", $"{port}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["PASSWORD"] = Password;
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        var id = process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("Redis did not start. ./test.sh installs it, and so does: apt-get install redis-server");
        return (process, int.Parse(id, CultureInfo.InvariantCulture));
    }

    /// <returns>False where it ended instead.</returns>
    async Task<bool> AnswersAsync()
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(20))
        {
            try
            {
                // Redis's client waits for seconds where nobody listens yet.
                using (var socket = new TcpClient())
                    await socket.ConnectAsync(IPAddress.Loopback, port);
                await using var connection = await ConnectAsync();
                return true;
            }
            catch (Exception failure) when (failure is RedisConnectionException or SocketException)
            {
                if (!Directory.Exists($"/proc/{server}") || File.ReadAllText($"/proc/{server}/stat").Contains(") Z", StringComparison.Ordinal))
                    return false;
            }
        }

        return false;
    }

    void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{server}"]);
        kill.WaitForExit();
    }
}
