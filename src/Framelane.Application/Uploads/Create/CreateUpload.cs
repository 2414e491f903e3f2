using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Plans;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Uploads;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Uploads.Create;

public sealed record CreateUploadRequest
{
    /// <summary>What will be sent: one of the input formats of `GET /v1/capabilities`.</summary>
    public required string ContentType { get; init; }

    /// <summary>The name that the file is saved under when it is downloaded; up to 255 characters.</summary>
    public string? Filename { get; init; }
}

public sealed record CreateUploadCommand(WorkspaceId WorkspaceId, CreateUploadRequest Request) : IRequest<Result<UploadResponse>>;

sealed class CreateUploadValidator : AbstractValidator<CreateUploadRequest>
{
    public CreateUploadValidator()
    {
        RuleFor(request => request.ContentType)
            .Must(type => MediaTypes.Find(type) is not null)
            .WithErrorCode(UploadErrors.UnsupportedType)
            .WithMessage($"Must be one of {string.Join(", ", MediaTypes.All.Select(type => type.Name))}.");
        RuleFor(request => request.Filename).MinimumLength(1).MaximumLength(Asset.MaxFilenameLength);
    }
}

sealed class CreateUploadHandler(
    IUnitOfWork unitOfWork,
    IUploadRepository uploads,
    IAssetRepository assets,
    IUploadLinks links,
    SourceUrls urls,
    StorageGate storage,
    TimeProvider time) : IRequestHandler<CreateUploadCommand, Result<UploadResponse>>
{
    public Task<Result<UploadResponse>> Handle(CreateUploadCommand command, CancellationToken cancellationToken)
    {
        var type = MediaTypes.Find(command.Request.ContentType)!;
        return unitOfWork.ExecuteAsync<UploadResponse>(
            async token =>
            {
                if (await storage.FindFaultAsync(command.WorkspaceId, token) is { } full)
                    return full;
                var now = time.GetUtcNow();
                var upload = Upload.Begin(UploadId.New(now), command.WorkspaceId, AssetId.New(now), type.Name, now);
                var asset = Asset.Await(
                    upload.AssetId, command.WorkspaceId, type.Name, type.Extension, command.Request.Filename, upload.ExpiresAt, now);
                uploads.Add(upload);
                assets.Add(asset);
                return new UploadResponse
                {
                    UploadUrl = links.Sign(upload.Id, upload.ExpiresAt).AbsoluteUri,
                    SourceUrl = urls.Of(asset)!,
                    ExpiresAt = upload.ExpiresAt,
                };
            },
            cancellationToken);
    }
}
