using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Assets;

/// <summary>The addresses by which jobs name assets: <c>{PublicUrl}/files/{workspace_id}/{asset_id}.{ext}</c>.</summary>
public sealed class SourceUrls(IPublicUrls urls)
{
    const string Folder = "files/";

    /// <summary>Null while it is not known what the asset is.</summary>
    public string? Of(Asset asset) => asset.Extension is null ? null : urls.Of($"{Folder}{asset.WorkspaceId}/{NameOf(asset)}").AbsoluteUri;

    /// <summary>The last part of its address.</summary>
    public static string NameOf(Asset asset) => $"{asset.Id}.{asset.Extension}";

    /// <summary>Whether the address lies below this installation's files, be it that it leads to nothing: then it is never fetched.</summary>
    /// <param name="named">What it names; null where it can be no asset's.</param>
    public bool IsOwn(string url, out NamedAsset? named)
    {
        named = null;
        var root = urls.Of(Folder);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !root.IsBaseOf(address))
            return false;
        var parts = address.AbsolutePath[root.AbsolutePath.Length..].Split('/');
        if (parts.Length == 2 && WorkspaceId.TryParse(parts[0]) is { } workspaceId && Split(parts[1]) is var (assetId, extension))
            named = new(workspaceId, assetId, extension);
        return true;
    }

    /// <summary>The asset and the extension that the last part of an address names.</summary>
    public static (AssetId Id, string Extension)? Split(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && AssetId.TryParse(name[..dot]) is { } id ? (id, name[(dot + 1)..]) : null;
    }
}

/// <summary>What a <c>source_url</c> says. Whether there is such an asset, of that workspace and with that extension, is for its reader to see to.</summary>
public sealed record NamedAsset(WorkspaceId WorkspaceId, AssetId AssetId, string Extension);
