using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Domain.Jobs;

namespace Framelane.Application.Jobs;

sealed class JobProfile : Profile
{
    public JobProfile()
    {
        CreateMap<JobId, string>().ConvertUsing(id => id.Value);
        CreateMap<JobError, JobErrorResponse>();
        CreateMap<JobOutput, JobOutputResponse>().ForMember(response => response.Url, to => to.Ignore());
        CreateMap<Job, JobResponse>().ForMember(response => response.Draft, to => to.MapFrom(job => job.IsDraft));
    }
}

/// <summary>Shows jobs: what the profile maps, and the address of what they made.</summary>
public sealed class JobViews(IMapper mapper, IPublicUrls urls)
{
    public JobResponse Of(Job job)
    {
        var response = mapper.Map<JobResponse>(job);
        return response.Output is null ? response : response with { Output = response.Output with { Url = urls.Of(PathOf(job) + "/download").AbsoluteUri } };
    }

    static string PathOf(Job job) => job.Kind == JobKind.Render ? $"v1/renders/{job.Id}" : $"v1/tasks/{job.Id}";
}
