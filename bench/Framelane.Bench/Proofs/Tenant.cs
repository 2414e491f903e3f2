using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Framelane.Application.Abstractions;
using Framelane.Bench.Load;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Bench.Proofs;

/// <summary>A workspace, and what its owner knows of it: the secrets and urls that hold, and since when.</summary>
sealed class Tenant(int number, string workspaceId, string apiKey, Func<string, string> urlOf)
{
    readonly ConcurrentDictionary<string, History<string>> targets = new();

    public int Number => number;

    public string WorkspaceId => workspaceId;

    public string ApiKey => apiKey;

    public Verifier Verifier { get; } = new();

    public History<Keys> Secrets { get; } = new(Keys.Only(0));

    /// <summary>Those that nothing is done to: all that happens has to be delivered to each.</summary>
    public List<string> SteadyWebhooks { get; } = [];

    /// <summary>Where the deliveries of jobs with a target of their own go.</summary>
    public static string JobPath => "/job";

    public static int NumberIn(string path) => path == JobPath ? 0 : int.Parse(path.AsSpan(2, path.IndexOf('/', 2) - 2), CultureInfo.InvariantCulture);

    public static int WebhookIn(string path) => int.Parse(path.Split('/')[2].AsSpan(1), CultureInfo.InvariantCulture);

    public string PathOf(int webhook, int version) => $"/t{number}/w{webhook}/v{version}";

    public string UrlOf(string path) => urlOf(path);

    /// <summary>Where the webhook that the path belongs to was to be reached, and when; null for paths that always hold.</summary>
    public History<string>? TargetsOf(string path) => targets.GetValueOrDefault(path);

    public void Own(string path, History<string> webhook) => targets[path] = webhook;

    public static async Task<List<Tenant>> CreateAsync(
        string dataPath,
        int count,
        Func<string, string> urlOf,
        IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        using var host = await Composition.BuildAsync(dataPath, settings ?? []);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<FramelaneDbContext>>().CreateDbContextAsync();
        var protector = host.Services.GetRequiredService<ISecretProtector>();
        List<Tenant> tenants = [new(0, (await db.Workspaces.SingleAsync()).Id.Value, Settings.ApiKey, urlOf)];
        while (tenants.Count < count)
        {
            var now = DateTimeOffset.UtcNow;
            var (id, key) = (Domain.Workspaces.WorkspaceId.New(now), ApiKeySecret.Generate());
            db.Workspaces.Add(Workspace.Create(id, $"Workspace {tenants.Count}", Plan.Enterprise, protector.Seal(id, 1, SigningSecret.Generate()), now));
            db.ApiKeys.Add(Domain.ApiKeys.ApiKey.Create(ApiKeyId.New(now), id, "Main", key, now));
            tenants.Add(new(tenants.Count, id.Value, key.Reveal(), urlOf));
        }

        await db.SaveChangesAsync();
        return tenants;
    }

    /// <summary>Makes the steady webhooks, and learns the secret.</summary>
    public async Task SetUpAsync(Cluster cluster, int webhooks)
    {
        for (var i = 0; i < webhooks; i++)
        {
            var answer = (await cluster.SendAsync(HttpMethod.Post, "/v1/webhooks", new { url = UrlOf(PathOf(i, 0)) }, apiKey)).Expect(HttpStatusCode.Created);
            SteadyWebhooks.Add(answer.Text("id"));
            if (i == 0)
                Verifier.Add(answer.Text("secret"));
        }
    }
}
