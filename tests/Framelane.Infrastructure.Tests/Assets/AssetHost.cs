using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Outbound;
using Framelane.Infrastructure.Storage;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;

namespace Framelane.Infrastructure.Tests.Assets;

/// <summary>What a process that works on assets needs beside the database, and what callers of the API do to assets.</summary>
static class AssetHost
{
    public static void AddAssetWork(this IServiceCollection services, IMediaProbe? probe = null)
    {
        var configuration = new ConfigurationBuilder().Build();
        services.AddSingleton(probe ?? new ScriptedProbe());
        services.AddSingleton<IFontProbe, NoFonts>();
        services.AddSingleton(Mock.Of<IBillingProvider>(provider => provider.IsConfigured && provider.Plans == Array.Empty<Plan>()));
        services.AddSingleton(Mock.Of<ISessionTokens>());
        services.AddSingleton<IRenderForecaster, Jobs.DeclaredForecast>();
        services.AddOutbound();
        services.AddStorage(configuration);
        services.AddJobs(configuration);
        services.AddAssets(configuration);
        services.RemoveAll<IPublicUrls>();
        services.AddSingleton<IPublicUrls, Jobs.ExampleUrls>();
    }

    public static async Task<Asset> AddAssetAsync(this TestHost host, Asset asset)
    {
        await host.WriteAsync<Unit>((services, _) =>
        {
            services.GetRequiredService<IAssetRepository>().Add(asset);
            return Task.FromResult<Result<Unit>>(Unit.Value);
        });
        return asset;
    }

    public static Task<Asset> ImportAsync(this TestHost host, WorkspaceId workspaceId, DateTimeOffset now, string url = "https://example.com/clip") =>
        host.AddAssetAsync(Asset.Import(AssetId.New(now), ImportId.New(now), workspaceId, url, null, now));

    /// <summary>One whose bytes lie in storage.</summary>
    public static Task<Asset> ReceiveAsync(this TestHost host, WorkspaceId workspaceId, DateTimeOffset now, string type = "video/mp4", string? key = null)
    {
        var asset = Asset.Await(AssetId.New(now), workspaceId, type, type.Split('/')[1], null, now, now);
        asset.Receive(key ?? $"{workspaceId}/{asset.Id}.mp4", 9, now);
        return host.AddAssetAsync(asset);
    }

    public static Task<Asset> FindAssetAsync(this TestHost host, AssetId id) => host.ReadAsync(db => db.Assets.AsNoTracking().SingleAsync(asset => asset.Id == id));

    sealed class NoFonts : IFontProbe
    {
        public Task<FontFacts?> ProbeAsync(string path, CancellationToken cancellationToken) => Task.FromResult<FontFacts?>(null);
    }
}

/// <summary>Takes every file for a video of 64 × 32 pixels and 2 seconds, unless the test says otherwise.</summary>
sealed class ScriptedProbe : IMediaProbe
{
    public static readonly MediaFacts Video = new("matroska", 2, new(0, "vp9", 64, 32, 30, false, false), null) { Kept = "kept" };

    public Func<string, CancellationToken, Task<MediaFacts>> Answer { get; set; } = (_, _) => Task.FromResult(Video);

    public Task<MediaFacts> ProbeAsync(string path, CancellationToken cancellationToken) => Answer(path, cancellationToken);
}
