using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using DomainPlan = Framelane.Domain.Workspaces.Plan;

namespace Framelane.Api.Tests.Http;

/// <summary>The program itself on a free loopback port, with a data folder of its own. It may deliver to loopback over http.</summary>
sealed class ApiHost : IAsyncDisposable
{
    readonly Factory factory;

    ApiHost(Factory factory, DataFolder data)
    {
        this.factory = factory;
        Data = data;
        Url = factory.ClientOptions.BaseAddress;
        Nobody = new(Url, null);
        First = new(File.Exists(data.ApiKeyFile) ? File.ReadAllText(data.ApiKeyFile).Trim() : "none", Url);
    }

    public DataFolder Data { get; }

    public Uri Url { get; }

    public IServiceProvider Services => factory.Services;

    /// <summary>A caller without a key.</summary>
    public Caller Nobody { get; }

    /// <summary>The workspace that the first start made, with the key of its file.</summary>
    public Tenant First { get; }

    public static Task<ApiHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(_ => { }, settings);

    public static async Task<ApiHost> StartAsync(Action<IServiceCollection> change, params (string Key, string? Value)[] settings)
    {
        var data = new DataFolder();
        var factory = new Factory(
            [
                ("Framelane:DataPath", data.Path),
                ("Framelane:Outbound:AllowHttp", "true"),
                ("Framelane:Outbound:AllowedNetworks", "127.0.0.0/8"),
                ("Framelane:RateLimits:UnauthenticatedRequestsPerMinute", "1000000"),
                ("Framelane:RateLimits:BillingPagesPerMinute", "1000000"),
                .. settings,
            ],
            change);
        try
        {
            await Task.Run(factory.StartServer);
            return new(factory, data);
        }
        catch
        {
            await factory.DisposeAsync();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Another workspace of the same installation, with a key and a signing secret of its own.</summary>
    public async Task<Tenant> AddWorkspaceAsync(DomainPlan plan = DomainPlan.Enterprise)
    {
        await using var scope = Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var now = DateTimeOffset.UtcNow;
        var id = WorkspaceId.New(now);
        var secret = SigningSecret.Generate();
        var key = ApiKeySecret.Generate();
        await services.GetRequiredService<IUnitOfWork>().ExecuteAsync<bool>(
            _ =>
            {
                var workspace = Workspace.Create(id, "Tenant", plan, services.GetRequiredService<ISecretProtector>().Seal(id, 1, secret), now);
                services.GetRequiredService<IWorkspaceRepository>().Add(workspace);
                services.GetRequiredService<IApiKeyRepository>().Add(ApiKey.Create(ApiKeyId.New(now), id, "First", key, now));
                return Task.FromResult<Result<bool>>(true);
            },
            CancellationToken.None);
        return new(key.Reveal(), Url) { Id = id, FirstSecret = secret.Reveal() };
    }

    /// <summary>Writes an event and its deliveries, as a job's change would.</summary>
    public async Task AppendAsync(NewEvent newEvent)
    {
        await using var scope = Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IEventOutbox>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<bool>(
            async token =>
            {
                await outbox.AppendAsync(newEvent, token);
                return true;
            },
            CancellationToken.None);
    }

    public Task AppendAsync(Tenant tenant, string type, string jobId = "render_1", string? webhookUrl = null) =>
        AppendAsync(new(tenant.Id, type, jobId, 1, new { id = jobId }, new Dictionary<string, string>(), webhookUrl));

    public async ValueTask DisposeAsync()
    {
        First.Dispose();
        Nobody.Dispose();
        await factory.DisposeAsync();
        Data.Dispose();
    }

    sealed class Factory : WebApplicationFactory<Program>
    {
        readonly IReadOnlyList<(string Key, string? Value)> settings;

        readonly Action<IServiceCollection> change;

        public Factory(IReadOnlyList<(string Key, string? Value)> settings, Action<IServiceCollection> change)
        {
            (this.settings, this.change) = (settings, change);
            UseKestrel(0);
        }

        /// <summary>Gives the settings as the command line does: what the program reads before it builds its host sees them too.</summary>
        protected override IHost CreateHost(IHostBuilder builder) => base.CreateHost(builder.ConfigureHostConfiguration(
            configuration => configuration.AddInMemoryCollection(settings.GroupBy(setting => setting.Key, (key, given) => KeyValuePair.Create(key, given.Last().Value)))));

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);
            builder.ConfigureTestServices(change);
        }
    }
}
