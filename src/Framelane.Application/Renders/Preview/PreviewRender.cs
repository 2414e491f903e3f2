using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Renders.Preview;

/// <summary>A picture of a scene, at once: a frame, or a sheet of frames.</summary>
public sealed record PreviewRenderQuery(WorkspaceId WorkspaceId, CreateRenderRequest Request, PreviewView View) : IRequest<Result<PreviewPicture>>;

sealed class PreviewRenderHandler(JobSources assets, IPreviewRenderer renderer) : IRequestHandler<PreviewRenderQuery, Result<PreviewPicture>>
{
    public async Task<Result<PreviewPicture>> Handle(PreviewRenderQuery query, CancellationToken cancellationToken)
    {
        var stored = await assets.FindStoredAsync(query.WorkspaceId, query.Request, cancellationToken);
        if (!stored.IsSuccess)
            return stored.Error;
        var scene = PreviewScenes.Picture(query.Request, query.View);
        try
        {
            var picture = await renderer.RenderAsync(new(query.WorkspaceId, scene, query.View.Sheet, stored.Value), cancellationToken);
            return picture.IsSuccess && scene.FrameAt is { } at && SceneTimes.Snap(at) > SceneTimes.Snap(picture.Value.SceneDuration)
                ? PreviewErrors.AfterTheEnd(query.View.At is null ? ["body", "frame_at"] : ["query", "at"], at, picture.Value.SceneDuration)
                : picture;
        }
        catch (MediaException failure) when (failure.Code is not (MediaErrorCodes.InternalError or MediaErrorCodes.RenderTimeout))
        {
            return PreviewErrors.Of(failure);
        }
        catch (MediaException failure) when (failure.Code == MediaErrorCodes.RenderTimeout)
        {
            return new Error(failure.Code, failure.Message);
        }
    }
}
