using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Has every node send to a workspace while something is changed there: before, so that each holds a permit which the change overtakes, and
/// until a permit's lifetime after it was answered, so that each starts attempts when the old permit, were it still good, would be used.
/// </summary>
sealed class Pings(Cluster cluster)
{
    /// <summary>At one node at once; what was broken meanwhile must not be flooded when it comes back.</summary>
    const int AtOnce = 12;

    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(30);

    /// <summary>A change that takes longer waits for what is broken.</summary>
    static readonly TimeSpan Before = TimeSpan.FromMilliseconds(300);

    readonly Dictionary<Server, SemaphoreSlim> free = cluster.Servers.ToDictionary(server => server, _ => new SemaphoreSlim(AtOnce));

    public async Task<T> AroundAsync<T>(Tenant tenant, Func<Task<T>> change)
    {
        var before = PingAsync(tenant, Before);
        await Task.Delay(Every);
        var result = await change();
        await PingAsync(tenant, ProofSettings.PermitLifetime);
        await before;
        return result;
    }

    public async Task AllAnsweredAsync()
    {
        foreach (var server in free.Values)
        {
            for (var i = 0; i < AtOnce; i++)
                await server.WaitAsync();
            server.Release(AtOnce);
        }
    }

    async Task PingAsync(Tenant tenant, TimeSpan time)
    {
        var webhook = 0;
        for (var until = DateTimeOffset.UtcNow + time; DateTimeOffset.UtcNow < until; await Task.Delay(Every))
        {
            foreach (var server in cluster.Servers.Where(server => server.IsReady && free[server].Wait(0)))
                _ = PingAsync(server, tenant.SteadyWebhooks[webhook++ % tenant.SteadyWebhooks.Count], tenant.ApiKey);
        }
    }

    /// <summary>What comes of it is nothing to whoever asked: the receiver and the database know.</summary>
    async Task PingAsync(Server server, string webhookId, string apiKey)
    {
        try
        {
            await server.SendAsync(HttpMethod.Post, $"/v1/webhooks/{webhookId}/test", apiKey: apiKey);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            // That node was killed, or stands still.
        }
        finally
        {
            free[server].Release();
        }
    }
}
