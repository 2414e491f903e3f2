using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Microsoft.Extensions.DependencyInjection;
using AssetId = Framelane.Domain.Assets.AssetId;

namespace Framelane.Api.Tests.Http;

static class ReadyAsset
{
    /// <summary>A clip as a worker leaves it that has found out what it is.</summary>
    public static async Task<Asset> AddAsync(ApiHost host, Tenant tenant, byte[] content)
    {
        var now = DateTimeOffset.UtcNow;
        var asset = Asset.Import(AssetId.New(now), ImportId.New(now), tenant.Id, "https://example.com/a.mp4", "holiday.mp4", now);
        var key = $"{tenant.Id}/{asset.Id}.mp4";
        asset.Fetched(key, content.Length, "video/mp4", "mp4");
        asset.BecomeReady(new(AssetKind.Video, 64, 32, 2.5), null);

        await using var scope = host.Services.CreateAsyncScope();
        var source = Path.Combine(host.Data.Path, $"source-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(source, content);
        await scope.ServiceProvider.GetRequiredService<IObjectStorage>().PutAsync(key, source, "video/mp4", CancellationToken.None);
        File.Delete(source);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<bool>(
            _ =>
            {
                scope.ServiceProvider.GetRequiredService<IAssetRepository>().Add(asset);
                return Task.FromResult<Result<bool>>(true);
            },
            CancellationToken.None);
        return asset;
    }
}
