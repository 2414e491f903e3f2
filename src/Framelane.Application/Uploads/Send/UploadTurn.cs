using Framelane.Application.Abstractions;
using Framelane.Domain.Uploads;

namespace Framelane.Application.Uploads.Send;

/// <param name="Turn">Null where there is nothing to write.</param>
sealed record BegunTurn(UploadProgress Progress, UploadTurn? Turn);

/// <summary>One writer's hold of an upload.</summary>
/// <param name="From">What there is already.</param>
/// <param name="Total">Bytes of the whole, where they are known.</param>
sealed record UploadTurn(UploadId UploadId, long Fence, DraftTarget Target, SavedDraft From, long? Total, string SourceUrl);
