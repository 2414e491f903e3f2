using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Assets;

[EveryDatabase]
public sealed class AssetLookupTests<TDatabase> : AssetStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task An_asset_is_found_by_its_own_workspace_alone_however_it_is_looked_up()
    {
        var asset = await Worker.ImportAsync(WorkspaceId, Later());
        var other = await AddWorkspaceAsync();
        Assert.That(await FoundAsync(WorkspaceId, asset), Is.EqualTo(Enumerable.Repeat(asset.Id, 5)));
        Assert.That(await FoundAsync(other, asset), Is.Empty);
    }

    async Task<List<AssetId>> FoundAsync(WorkspaceId workspaceId, Asset asset) => (await Worker.WriteAsync<List<AssetId>>(async (services, token) =>
    {
        var assets = services.GetRequiredService<IAssetRepository>();
        Asset?[] found =
        [
            await assets.FindAsync(workspaceId, asset.Id.Value, token),
            await assets.FindForUpdateAsync(workspaceId, asset.Id.Value, token),
            await assets.FindImportAsync(workspaceId, asset.ImportId!.Value.Value, token),
            .. await assets.FindAsync(workspaceId, [asset.Id], token),
            .. await assets.FindForUpdateAsync(workspaceId, [asset.Id], token),
        ];
        return found.OfType<Asset>().Select(each => each.Id).ToList();
    })).Value!;
}
