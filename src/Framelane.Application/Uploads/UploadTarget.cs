using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Uploads;

namespace Framelane.Application.Uploads;

/// <summary>Where an upload's bytes go in storage.</summary>
public static class UploadTarget
{
    public static DraftTarget Of(Upload upload) =>
        new($"{upload.WorkspaceId}/{upload.AssetId}.{MediaTypes.Find(upload.ContentType)!.Extension}", upload.ContentType);
}
