using System.Net;
using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>Several servers over one database. A change goes to one of those that run, and where that dies to another.</summary>
sealed class Cluster : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly Server[] servers;
    readonly Random random;
    readonly Dictionary<Server, int> users;
    readonly HashSet<Server> reserved = [];

    /// <param name="environmentOf">What a server is told beside what all are, by its number.</param>
    public Cluster(int count, string dataPath, int seed, Func<int, IEnumerable<KeyValuePair<string, string>>>? environmentOf = null)
    {
        servers =
        [
            .. Enumerable.Range(0, count).Select(i => new Server($"node {i}", dataPath, ProofSettings.Environment.Concat(environmentOf?.Invoke(i) ?? []))),
        ];
        users = servers.ToDictionary(server => server, _ => 0);
        random = new(seed);
    }

    public IReadOnlyList<Server> Servers => servers;

    public Task StartAsync() => Task.WhenAll(servers.Select(server =>
    {
        server.Start();
        return server.WaitReadyAsync();
    }));

    /// <summary>Until it is answered, by whichever server. Answered with 409 or 5xx is not answered, but for a key whose request died.</summary>
    /// <returns>The last answer, with the time at which the first request was sent.</returns>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, string apiKey, string? idempotencyKey = null)
    {
        var began = DateTimeOffset.UtcNow;
        var last = "no node is ready";
        while (true)
        {
            var server = Take();
            try
            {
                if (server is not null)
                {
                    var answer = await server.SendAsync(method, path, body, idempotencyKey, apiKey);
                    if (answer.Status < HttpStatusCode.InternalServerError)
                        return answer with { SentAt = began };
                    last = $"{server.Name}: {(int)answer.Status} {answer.Body}";
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
            {
                // It was killed, or stands still.
                last = $"{server?.Name}: {failure.Message}";
            }
            finally
            {
                Leave(server);
            }

            if (DateTimeOffset.UtcNow - began > Patience)
                throw new InvalidOperationException($"Nobody answers {method} {path}. The last to be asked: {last}");
            await Task.Delay(10);
        }
    }

    /// <summary>One server that nobody else is sending changes to; none does until it is given back.</summary>
    public async Task<Server> ReserveAsync()
    {
        Server? chosen;
        while ((chosen = Choose()) is null)
            await Task.Delay(10);
        while (UsersOf(chosen) > 0)
            await Task.Delay(2);
        return chosen;
    }

    /// <summary>Starts it again, and lets others use it.</summary>
    public async Task GiveBackAsync(Server server)
    {
        if (!server.IsReady)
        {
            server.Start();
            await server.WaitReadyAsync();
        }

        lock (users)
            reserved.Remove(server);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await server.DisposeAsync();
    }

    Server? Take()
    {
        lock (users)
        {
            Server[] free = [.. servers.Where(server => server.IsReady && !reserved.Contains(server))];
            if (free.Length == 0)
                return null;
            var server = free[random.Next(free.Length)];
            users[server]++;
            return server;
        }
    }

    void Leave(Server? server)
    {
        lock (users)
        {
            if (server is not null)
                users[server]--;
        }
    }

    Server? Choose()
    {
        lock (users)
        {
            Server[] free = [.. servers.Where(server => server.IsReady && !reserved.Contains(server))];
            if (free.Length < 2)
                return null;
            var server = free[random.Next(free.Length)];
            reserved.Add(server);
            return server;
        }
    }

    int UsersOf(Server server)
    {
        lock (users)
            return users[server];
    }
}
