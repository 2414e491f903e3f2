using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Plans;
using Framelane.Application.Webhooks;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Imports;

public sealed record CreateImportRequest
{
    /// <summary>Where the file is: https, 1 to 2083 characters, not a private or otherwise reserved address.</summary>
    public required string Url { get; init; }

    /// <summary>The name that it is downloaded under, 1 to 255 characters.</summary>
    public string? Filename { get; init; }
}

/// <summary>Has a remote file fetched into storage, in the background.</summary>
public sealed record CreateImportCommand(WorkspaceId WorkspaceId, CreateImportRequest Request) : IRequest<Result<ImportResponse>>;

sealed class CreateImportValidator : AbstractValidator<CreateImportRequest>
{
    public CreateImportValidator(SourceUrlRules sources)
    {
        RuleFor(request => request.Filename).Length(1, Asset.MaxFilenameLength);
        RuleSet(WebhookRules.NetworkRuleSet, () => RuleFor(request => request.Url).MustBeFetchable(sources));
    }
}

sealed class CreateImportHandler(
    IUnitOfWork unitOfWork, IAssetRepository assets, StorageGate storage, ImportViews views, IAssetSignal workers, TimeProvider time)
    : IRequestHandler<CreateImportCommand, Result<ImportResponse>>
{
    public async Task<Result<ImportResponse>> Handle(CreateImportCommand command, CancellationToken cancellationToken)
    {
        var created = await unitOfWork.ExecuteAsync<ImportResponse>(
            async token =>
            {
                if (await storage.FindFaultAsync(command.WorkspaceId, token) is { } full)
                    return full;
                var now = time.GetUtcNow();
                var asset = Asset.Import(AssetId.New(now), ImportId.New(now), command.WorkspaceId, command.Request.Url, command.Request.Filename, now);
                assets.Add(asset);
                return views.Of(asset);
            },
            cancellationToken);
        if (created.IsSuccess)
            workers.Wake();
        return created;
    }
}
