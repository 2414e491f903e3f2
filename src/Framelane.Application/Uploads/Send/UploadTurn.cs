using Framelane.Application.Abstractions;
using Framelane.Application.Plans;
using Framelane.Domain.Uploads;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Uploads.Send;

/// <param name="Turn">Null where there is nothing to write.</param>
sealed record BegunTurn(UploadProgress Progress, UploadTurn? Turn);

/// <summary>One writer's hold of an upload.</summary>
/// <param name="From">What there is already.</param>
/// <param name="Total">Bytes of the whole, where they are known.</param>
/// <param name="Others">What else the workspace keeps; null where its plan sets no limit.</param>
sealed record UploadTurn(
    UploadId UploadId, WorkspaceId WorkspaceId, long Fence, DraftTarget Target, SavedDraft From, long? Total, string SourceUrl, StorageUse? Others);
