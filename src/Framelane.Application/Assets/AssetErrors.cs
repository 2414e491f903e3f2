using Framelane.Domain.Assets;
using Framelane.Domain.Common;

namespace Framelane.Application.Assets;

static class AssetErrors
{
    public static readonly Error NotFound = Error.NotFound("Asset");

    public static readonly Error NoSuchFile = Error.NotFound("File");

    public static readonly Error InUse = Error.Conflict("A job uses the asset.");

    public static readonly Error NotSettled = Error.Conflict("The asset is still being received.");

    public static Error NotReady(AssetStatus status) =>
        new("not_ready", status == AssetStatus.Awaited ? "The file was not uploaded yet." : "The file is not ready yet.");
}
